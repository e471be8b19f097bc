package dev.ashlar.ops.exposure;

/// Gives text a colour, where there are colours.
public interface Paint {
    /// For files and pipes.
    Paint NONE = (_, text) -> text;

    /// What a colour would say. Nothing is said by colour alone.
    enum Tone {
        BAD,
        OPEN,
        OWN,
        DIM,
        STRONG
    }

    String apply(Tone tone, String text);
}
