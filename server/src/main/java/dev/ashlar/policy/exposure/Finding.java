package dev.ashlar.policy.exposure;

import java.util.List;

/// Something that whoever owns the database should look at.
///
/// @param object `public.notes`, `public.f(integer)` for a routine, `storage.buckets/avatars`
/// @param role who profits; empty when it is about nobody in particular
/// @param columns those concerned; empty when all are or none is
/// @param message what is so, in a sentence
/// @param fix what to do about it: SQL where SQL can do it
public record Finding(
        FindingCode code,
        Severity severity,
        String object,
        String role,
        List<Verb> verbs,
        List<String> columns,
        String message,
        String fix) {}
