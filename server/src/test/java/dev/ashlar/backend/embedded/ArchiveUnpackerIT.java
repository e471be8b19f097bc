package dev.ashlar.backend.embedded;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import org.apache.commons.compress.archivers.tar.TarArchiveEntry;
import org.apache.commons.compress.archivers.tar.TarArchiveOutputStream;
import org.apache.commons.compress.archivers.tar.TarConstants;
import org.apache.commons.compress.compressors.xz.XZCompressorOutputStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// Archives good and evil.
class ArchiveUnpackerIT {
    @TempDir private Path top;

    private final ByteArrayOutputStream bytes = new ByteArrayOutputStream();

    @Test
    void keepsContentLinksAndTheRightToExecute() throws IOException {
        try (TarArchiveOutputStream tar = archive()) {
            file(tar, "bin/run", "program", 0700);
            file(tar, "lib/lib.so.1", "library", 0600);
            link(tar, "lib/lib.so", "lib.so.1");
        }
        Path target = unpack();
        assertThat(target.resolve("bin/run")).hasContent("program").isExecutable();
        assertThat(target.resolve("lib/lib.so")).hasContent("library").isSymbolicLink();
        assertThat(Files.isExecutable(target.resolve("lib/lib.so.1"))).isFalse();
    }

    @Test
    void refusesANameThatLeadsOut() throws IOException {
        try (TarArchiveOutputStream tar = archive()) {
            file(tar, "bin/../../outside", "evil", 0600);
        }
        expectRefusal("leads out");
    }

    @Test
    void refusesALinkThatLeadsOut() throws IOException {
        try (TarArchiveOutputStream tar = archive()) {
            link(tar, "lib", "../..");
            file(tar, "lib/outside", "evil", 0600);
        }
        expectRefusal("leads out");
    }

    @Test
    void refusesToWriteThroughALink() throws IOException {
        try (TarArchiveOutputStream tar = archive()) {
            link(tar, "lib", "bin");
            file(tar, "lib/file", "evil", 0600);
        }
        assertThatThrownBy(this::unpack).isInstanceOf(IOException.class);
    }

    @Test
    void refusesADamagedArchive() throws IOException {
        try (TarArchiveOutputStream tar = archive()) {
            file(tar, "bin/run", "program".repeat(10_000), 0700);
        }
        byte[] whole = bytes.toByteArray();
        whole[whole.length / 2] ^= 0x55;
        bytes.reset();
        bytes.write(whole);
        assertThatThrownBy(this::unpack).isInstanceOf(IOException.class);
    }

    private void expectRefusal(String words) {
        assertThatThrownBy(this::unpack)
                .isInstanceOf(IOException.class)
                .hasMessageContaining(words);
        assertThat(top.resolve("outside")).doesNotExist();
    }

    private Path unpack() throws IOException {
        Path target = Files.createDirectory(top.resolve("target"));
        new ArchiveUnpacker(target).unpack(new ByteArrayInputStream(bytes.toByteArray()));
        return target;
    }

    private TarArchiveOutputStream archive() throws IOException {
        return new TarArchiveOutputStream(new XZCompressorOutputStream(bytes));
    }

    private static void file(TarArchiveOutputStream tar, String name, String content, int mode)
            throws IOException {
        byte[] data = content.getBytes(StandardCharsets.UTF_8);
        TarArchiveEntry entry = new TarArchiveEntry(name);
        entry.setSize(data.length);
        entry.setMode(mode);
        tar.putArchiveEntry(entry);
        tar.write(data);
        tar.closeArchiveEntry();
    }

    private static void link(TarArchiveOutputStream tar, String name, String destination)
            throws IOException {
        TarArchiveEntry entry = new TarArchiveEntry(name, TarConstants.LF_SYMLINK);
        entry.setLinkName(destination);
        tar.putArchiveEntry(entry);
        tar.closeArchiveEntry();
    }
}
