package dev.ashlar.face.rest;

import dev.ashlar.face.rest.RestRequest.MediaType;
import dev.ashlar.intent.Format;
import dev.ashlar.intent.Format.Nulls;
import dev.ashlar.intent.Format.Option;
import dev.ashlar.intent.Format.PlanText;
import dev.ashlar.intent.Format.Rows;
import dev.ashlar.problem.ProblemException;
import dev.ashlar.problem.RequestProblem;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;

/// Chooses the answer's media type (RFC 9110, 12.5.1) among the built-in ones and those that the
/// database's code makes (PostgREST's reference, "Resource Representation" and "Media Type
/// Handlers").
final class Negotiation {
    private static final String JSON = "application/json";
    private static final String CSV = "text/csv";
    private static final String OBJECT = "application/vnd.pgrst.object+json";
    private static final String ARRAY = "application/vnd.pgrst.array+json";
    private static final String PLAN = "application/vnd.pgrst.plan";
    private static final String BYTES = "application/octet-stream";
    private static final String ANY = "*/*";
    private static final String STRIPPED = ";nulls=stripped";

    /// Text of these kinds goes out in UTF-8 and says so.
    private static final Set<String> TEXTS =
            Set.of(JSON, CSV, "text/plain", "text/xml", "application/geo+json");

    private final Plans plans;
    private final Offer offer;

    private Negotiation(Plans plans, Offer offer) {
        this.plans = plans;
        this.offer = offer;
    }

    /// Whether callers may see how a request would be run.
    enum Plans {
        SHOWN,
        HIDDEN
    }

    /// A type by its plain name, without what is said of its characters.
    private record Choice(String name, Format format) {
        MediaType mediaType() {
            boolean text = format instanceof Format.Json || TEXTS.contains(name);
            boolean plan = format instanceof Format.Explained;
            return new MediaType(text || plan ? name + "; charset=utf-8" : name, format);
        }
    }

    static MediaType choose(List<String> accept, Plans plans, Offer offer) {
        if (offer.addsNothing() && isPlain(accept)) {
            return MediaType.JSON;
        }
        List<MediaRange> ranges = MediaRange.ofAccept(accept);
        Negotiation negotiation = new Negotiation(plans, offer);
        for (MediaRange range : ranges) {
            Optional<Choice> choice = negotiation.find(range);
            if (choice.isPresent()) {
                return choice.get().mediaType();
            }
        }
        if (!offer.known()) {
            // That there is no such target is the better answer.
            return MediaType.JSON;
        }
        throw new ProblemException(
                new RequestProblem.NotAcceptable(ranges.stream().map(Negotiation::named).toList()));
    }

    /// What nearly every client sends, or sends not.
    private static boolean isPlain(List<String> accept) {
        return accept.isEmpty()
                || (accept.size() == 1
                        && (accept.getFirst().equals(ANY) || accept.getFirst().equals(JSON)));
    }

    private Optional<Choice> find(MediaRange range) {
        String type = range.type();
        Optional<Choice> vendor = findVendors(range);
        if (vendor.isPresent()) {
            return vendor;
        }
        Optional<Format> catchAll = offer.findCatchAll();
        if (catchAll.isPresent()) {
            // What it is, the database's code alone knows, and says in response.headers.
            return Optional.of(new Choice(BYTES, catchAll.get()));
        }
        String name =
                switch (type) {
                    case ANY, "application/*" -> JSON;
                    case "text/*" -> CSV;
                    default -> type;
                };
        return offer.find(name).or(() -> findBuiltIn(name)).map(format -> new Choice(name, format));
    }

    private static Optional<Format> findBuiltIn(String name) {
        return switch (name) {
            case JSON -> Optional.of(Format.json());
            case CSV -> Optional.of(new Format.Csv());
            default -> Optional.empty();
        };
    }

    /// The dialect's own types, which no handler overrides.
    private Optional<Choice> findVendors(MediaRange range) {
        boolean stripped = range.parameter("nulls").equals("stripped");
        Nulls nulls = stripped ? Nulls.STRIPPED : Nulls.KEPT;
        return switch (range.type()) {
            case OBJECT, "application/vnd.pgrst.object" ->
                    Optional.of(
                            new Choice(
                                    stripped ? OBJECT + STRIPPED : OBJECT,
                                    new Format.Json(Rows.ONE, nulls)));
            case ARRAY, "application/vnd.pgrst.array" ->
                    Optional.of(
                            new Choice(
                                    stripped ? ARRAY + STRIPPED : JSON,
                                    new Format.Json(Rows.ANY, nulls)));
            case PLAN, PLAN + "+text" -> findPlan(range, PlanText.TEXT);
            case PLAN + "+json" -> findPlan(range, PlanText.JSON);
            default -> Optional.empty();
        };
    }

    private Optional<Choice> findPlan(MediaRange range, PlanText text) {
        MediaRange of = planned(range);
        if (plans == Plans.HIDDEN || of.type().startsWith(PLAN)) {
            return Optional.empty();
        }
        Set<Option> options = options(range);
        return find(of).map(choice ->
                new Choice(
                        planName(text, choice.name(), options),
                        new Format.Explained(choice.format(), text, options)));
    }

    private static MediaRange planned(MediaRange range) {
        String of = range.parameter("for");
        return MediaRange.of(of.isEmpty() ? JSON : of);
    }

    private static Set<Option> options(MediaRange range) {
        Set<Option> options = EnumSet.noneOf(Option.class);
        List<String> asked = List.of(range.parameter("options").split("\\|", -1));
        for (Option option : Option.values()) {
            if (asked.contains(option.name().toLowerCase(Locale.ROOT))) {
                options.add(option);
            }
        }
        return options;
    }

    private static String planName(PlanText text, String of, Set<Option> options) {
        List<String> names = new ArrayList<>();
        options.forEach(option -> names.add(option.name().toLowerCase(Locale.ROOT)));
        return PLAN
                + (text == PlanText.JSON ? "+json" : "+text")
                + "; for=\""
                + of
                + "\""
                + (names.isEmpty() ? "" : "; options=" + String.join("|", names));
    }

    /// As the refusal calls it.
    private static String named(MediaRange range) {
        if (!range.type().startsWith(PLAN)) {
            return range.text();
        }
        PlanText text = range.type().endsWith("+json") ? PlanText.JSON : PlanText.TEXT;
        return planName(text, planned(range).text(), options(range));
    }
}
