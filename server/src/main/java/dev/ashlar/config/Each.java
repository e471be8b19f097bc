package dev.ashlar.config;

import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;

/// Describes a component that holds one section for each of several names: a map from an enum to a
/// record. A name is in the map when any of its keys is set.
@Retention(RetentionPolicy.RUNTIME)
@Target(ElementType.RECORD_COMPONENT)
public @interface Each {
    /// What the reference calls one of the names, such as `provider`.
    String value();
}
