package dev.ashlar.face.rest;

import dev.ashlar.intent.Page;
import dev.ashlar.intent.Query;
import dev.ashlar.problem.ProblemException;
import dev.ashlar.problem.RequestProblem;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/// The `Range` header in units of rows: `0-9`, `10-`. Where the query pages too, both hold.
final class RangeHeader {
    private static final Pattern FORM = Pattern.compile("(?:items=)?(\\d{1,18})-(\\d{0,18})");

    private RangeHeader() {}

    static Query apply(Query query, String header) {
        Matcher matcher = FORM.matcher(header.strip());
        if (!matcher.matches()) {
            return query;
        }
        long first = Long.parseLong(matcher.group(1));
        Page page = query.page();
        long offset = Math.max(first, page.offset());
        Page narrowed = new Page(page.limit(), offset);
        if (!matcher.group(2).isEmpty()) {
            long last = Long.parseLong(matcher.group(2));
            if (last < first) {
                throw new ProblemException(
                        new RequestProblem.RangeUnsatisfiable(
                                first,
                                null,
                                "The lower boundary must be lower than or equal to the upper boundary in the Range"
                                        + " header."));
            }
            narrowed = narrowed.atMost(Math.max(0, last - offset + 1));
        }
        return query.on(narrowed);
    }
}
