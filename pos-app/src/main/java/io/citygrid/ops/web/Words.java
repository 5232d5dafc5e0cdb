package io.citygrid.ops.web;

import java.util.List;

/** Parts of sentences. */
final class Words {
    private Words() {}

    /** {@code a}, {@code a and b}, {@code a, b and c}. */
    static String list(List<String> names) {
        int last = names.size() - 1;
        return last < 1
                ? String.join("", names)
                : String.join(", ", names.subList(0, last)) + " and " + names.get(last);
    }

    /** {@code 1 fragment}, {@code 2 fragments}. */
    static String count(long number, String one) {
        return number + " " + one + (number == 1 ? "" : "s");
    }

    /** The verb or pronoun that goes with so many. */
    static String of(int number, String one, String many) {
        return number == 1 ? one : many;
    }
}
