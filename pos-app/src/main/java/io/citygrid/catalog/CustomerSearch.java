package io.citygrid.catalog;

import io.citygrid.grid.client.GridClient;
import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Component;

/** Finds customers by the number on their card or words of their name. Contact details are nobody's business here. */
@Component
public final class CustomerSearch {
    private static final String COLUMNS = "SELECT customer_id, code, name, city_id FROM customers WHERE ";

    /** A customer as callers see one. */
    public record CustomerEntry(int id, String code, String name, int cityId) {}

    private final GridClient grid;

    CustomerSearch(GridClient grid) {
        this.grid = grid;
    }

    /**
     * At most {@code limit} customers: first the one whose card it is, then those who have all words in name or card number, by
     * name.
     *
     * @param cityId where they live; {@code null} means anywhere
     * @throws io.citygrid.grid.client.OutcomeUnknown if the grid does not answer
     */
    public Collection<CustomerEntry> find(SearchWords search, @Nullable Integer cityId, int limit) {
        Map<Integer, CustomerEntry> found = new LinkedHashMap<>();
        if (!search.isEmpty()) {
            read(search.isCode("code"), search.codes(), cityId, limit, found);
        }
        if (found.size() < limit) {
            read(search.occurIn("name", "code"), search.words(), cityId, limit, found);
        }
        return found.values().stream().limit(limit).toList();
    }

    private void read(
            String condition,
            List<String> texts,
            @Nullable Integer cityId,
            int limit,
            Map<Integer, CustomerEntry> found) {
        List<Object> arguments = new ArrayList<>(texts);
        if (cityId != null) {
            arguments.add(cityId);
        }
        arguments.add(limit);
        String inCity = cityId == null ? "" : " AND city_id = ?";
        for (List<?> row :
                grid.query(COLUMNS + condition + inCity + " ORDER BY name, customer_id LIMIT ?", arguments.toArray())) {
            int id = (Integer) row.get(0);
            found.putIfAbsent(
                    id, new CustomerEntry(id, (String) row.get(1), (String) row.get(2), (Integer) row.get(3)));
        }
    }
}
