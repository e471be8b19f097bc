package dev.ashlar.backend.embedded;

import com.sun.management.OperatingSystemMXBean;
import java.lang.management.ManagementFactory;

/// The memory that this machine or container grants.
final class MachineMemory {
    private MachineMemory() {}

    /// In bytes. The JDK reads the limits of control groups of both versions.
    static long total() {
        return ManagementFactory.getPlatformMXBean(OperatingSystemMXBean.class)
                .getTotalMemorySize();
    }
}
