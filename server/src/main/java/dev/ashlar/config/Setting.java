package dev.ashlar.config;

import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;

/// Describes one component of a section's record: its default, written as in the file, and its line
/// in the reference.
@Retention(RetentionPolicy.RUNTIME)
@Target(ElementType.RECORD_COMPONENT)
public @interface Setting {
    /// The default as text; empty means unset, for an `Optional` or a list.
    String def() default "";

    /// One sentence for the reference.
    String doc();
}
