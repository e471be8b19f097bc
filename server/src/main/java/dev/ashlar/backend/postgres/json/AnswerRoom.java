package dev.ashlar.backend.postgres.json;

/// About as much as the answers of one shape took of late. Written by all threads, and only an
/// advice.
final class AnswerRoom {
    private int bytes = JsonBytes.FIRST_LENGTH;

    int bytes() {
        return bytes;
    }

    /// Follows larger answers at once and smaller ones by and by.
    void took(int length) {
        int room = Math.min(length + length / 8, JsonBytes.LARGE);
        int before = bytes;
        int next = room >= before ? room : before - (before - room) / 8;
        if (next != before && next >= JsonBytes.FIRST_LENGTH) {
            bytes = next;
        }
    }
}
