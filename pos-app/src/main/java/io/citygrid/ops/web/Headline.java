package io.citygrid.ops.web;

import io.citygrid.ops.web.GridView.CityView;
import java.util.List;

/**
 * The state of the chain for somebody who was just woken up.
 *
 * @param kind {@code good}, {@code warn} (every city sells, but something is to be done) or {@code bad} (some stores cannot sell)
 * @param text one line: who sells, the worst of what is wrong, and what to do about it first
 * @param further what else is wrong, the worst first, each with what to do
 */
record Headline(String kind, String text, List<String> further) {
    static Headline of(GridView view) {
        if (view.cities().isEmpty()) {
            return new Headline(
                    "warn",
                    "The grid is there but holds no city yet: load stores and a catalogue with ./pos load.",
                    List.of());
        }
        List<String> troubles = new Troubles(view).worstFirst();
        boolean allSell = view.cities().stream().allMatch(city -> city.sells() == Sells.YES);
        String kind = !allSell ? "bad" : troubles.isEmpty() ? "good" : "warn";
        String first = troubles.isEmpty() ? "Nothing to do." : troubles.get(0);
        return new Headline(
                kind,
                sales(view.cities()) + " " + first,
                troubles.stream().skip(1).toList());
    }

    private static String sales(List<CityView> cities) {
        List<String> all = named(cities, Sells.YES);
        List<String> part = named(cities, Sells.PART);
        List<String> none = named(cities, Sells.NO);
        if (all.size() == cities.size()) {
            return all.size() == 1 ? all.get(0) + " sells." : "Every city sells.";
        }
        if (none.size() == cities.size()) {
            return "No city can sell.";
        }
        StringBuilder said = new StringBuilder();
        if (!none.isEmpty()) {
            said.append(Words.list(none)).append(" cannot sell.");
        }
        if (!part.isEmpty()) {
            said.append(said.isEmpty() ? "" : " ")
                    .append("Some stores of ")
                    .append(Words.list(part))
                    .append(" cannot sell.");
        }
        if (!all.isEmpty()) {
            said.append(' ').append(Words.list(all)).append(all.size() == 1 ? " sells." : " sell.");
        }
        return said.toString();
    }

    private static List<String> named(List<CityView> cities, Sells sells) {
        return cities.stream()
                .filter(city -> city.sells() == sells)
                .map(CityView::name)
                .toList();
    }
}
