package dev.ashlar.app;

import dev.ashlar.observe.Log;
import java.lang.reflect.Proxy;

/// Handlers of the operating system's signals, where the platform has them.
///
/// Without them the virtual machine ends with status 143 on SIGTERM, and SIGHUP kills. The classes
/// are `sun.misc`, in the supported module `jdk.unsupported` but not in the API that javac allows,
/// hence reflection.
final class Signals {
    private static final Log LOG = Log.of(Signals.class);

    private Signals() {}

    /// Runs the handler on a thread of its own at each signal of that name, such as `TERM`.
    static void handle(String name, Runnable handler) {
        try {
            Class<?> signal = Class.forName("sun.misc.Signal");
            Class<?> type = Class.forName("sun.misc.SignalHandler");
            Object proxy =
                    Proxy.newProxyInstance(
                            Signals.class.getClassLoader(),
                            new Class<?>[] {type},
                            (_, method, _) ->
                                    method.getName().equals("handle") ? run(handler) : name);
            signal.getMethod("handle", signal, type)
                    .invoke(null, signal.getConstructor(String.class).newInstance(name), proxy);
        } catch (ReflectiveOperationException e) {
            LOG.debug("SIG{} is left to the virtual machine: {}", name, e.toString());
        }
    }

    private static Object run(Runnable handler) {
        handler.run();
        return "";
    }
}
