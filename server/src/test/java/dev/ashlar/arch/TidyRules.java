package dev.ashlar.arch;

import com.sun.source.tree.CatchTree;
import com.sun.source.tree.ClassTree;
import com.sun.source.tree.CompilationUnitTree;
import com.sun.source.tree.LiteralTree;
import com.sun.source.tree.MethodTree;
import com.sun.source.tree.Tree;
import com.sun.source.util.JavacTask;
import com.sun.source.util.SourcePositions;
import com.sun.source.util.TreeScanner;
import com.sun.source.util.Trees;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.function.BiConsumer;
import java.util.function.Consumer;
import java.util.regex.Pattern;
import javax.tools.JavaFileObject;
import javax.tools.SimpleJavaFileObject;
import javax.tools.ToolProvider;

/// What a single source file must keep to; read with the compiler's own parser.
final class TidyRules {
    static final int LONGEST_FILE = 600;
    static final int LONGEST_METHOD = 70;

    private static final Pattern EMPTY_NAME =
            Pattern.compile("\\w+(Impl|Manager|Helper|Util|Utils|Base|Info)");
    private static final Pattern SQL =
            Pattern.compile(
                    "(?is)\\s*(select\\s.+\\sfrom\\s|insert\\s+into\\s|update\\s+[\\w.\"]+\\s+set\\s|delete\\s+from\\s|"
                            + "set\\s+(local\\s+)?(role|session)\\s).*");

    private TidyRules() {}

    /// One fault in a file, with its line.
    record Fault(String rule, String what, long line) {}

    static List<Fault> check(String name, String text) {
        List<Fault> faults = new ArrayList<>();
        check(Map.of(name, text), (_, fault) -> faults.add(fault));
        return faults;
    }

    /// Checks all at once: setting up the compiler costs more than a file.
    static void check(Map<String, String> sources, BiConsumer<String, Fault> report) {
        List<JavaFileObject> files = new ArrayList<>();
        sources.forEach((name, text) -> {
            long lines = text.lines().count();
            if (lines > LONGEST_FILE) {
                report.accept(name, new Fault("file", lines + " lines", lines));
            }
            markers(text, fault -> report.accept(name, fault));
            files.add(file(name, text));
        });
        JavacTask task =
                (JavacTask)
                        ToolProvider.getSystemJavaCompiler()
                                .getTask(null, null, _ -> {}, null, null, files);
        SourcePositions positions = Trees.instance(task).getSourcePositions();
        try {
            for (CompilationUnitTree unit : task.parse()) {
                String name = unit.getSourceFile().getName().substring(1);
                new Reader(unit, positions, fault -> report.accept(name, fault)).scan(unit, null);
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static void markers(String text, Consumer<Fault> faults) {
        int number = 0;
        for (String line : text.split("\n", -1)) {
            number++;
            if (line.matches(".*\\b(TO" + "DO|FIX" + "ME|XX" + "X)\\b.*")) {
                faults.accept(new Fault("marker", line.strip(), number));
            }
        }
    }

    private static JavaFileObject file(String name, String text) {
        return new SimpleJavaFileObject(
                URI.create("string:///" + name), JavaFileObject.Kind.SOURCE) {
            @Override
            public CharSequence getCharContent(boolean ignoreEncodingErrors) {
                return text;
            }
        };
    }

    private static final class Reader extends TreeScanner<Void, Void> {
        private final CompilationUnitTree unit;
        private final SourcePositions positions;
        private final Consumer<Fault> faults;

        Reader(CompilationUnitTree unit, SourcePositions positions, Consumer<Fault> faults) {
            this.unit = unit;
            this.positions = positions;
            this.faults = faults;
        }

        @Override
        public Void visitMethod(MethodTree method, Void nothing) {
            long length = line(positions.getEndPosition(unit, method)) - line(start(method)) + 1;
            if (length > LONGEST_METHOD) {
                add("method", method.getName() + " has " + length + " lines", method);
            }
            return super.visitMethod(method, null);
        }

        @Override
        public Void visitClass(ClassTree type, Void nothing) {
            if (EMPTY_NAME.matcher(type.getSimpleName()).matches()) {
                add("name", type.getSimpleName() + " says nothing: name what it does", type);
            }
            return super.visitClass(type, null);
        }

        @Override
        public Void visitCatch(CatchTree clause, Void nothing) {
            String type = clause.getParameter().getType().toString();
            if (List.of("Exception", "Throwable", "Error").contains(type)) {
                add("catch", "catches " + type, clause);
            }
            return super.visitCatch(clause, null);
        }

        @Override
        public Void visitLiteral(LiteralTree literal, Void nothing) {
            if (literal.getValue() instanceof String text && SQL.matcher(text).matches()) {
                add("sql", "\"" + text.lines().findFirst().orElse("") + "…\"", literal);
            }
            return super.visitLiteral(literal, null);
        }

        private void add(String rule, String what, Tree tree) {
            faults.accept(new Fault(rule, what, line(start(tree))));
        }

        private long start(Tree tree) {
            return positions.getStartPosition(unit, tree);
        }

        private long line(long position) {
            return unit.getLineMap().getLineNumber(position);
        }
    }
}
