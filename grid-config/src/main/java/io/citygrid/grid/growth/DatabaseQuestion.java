package io.citygrid.grid.growth;

import io.citygrid.model.CityFragment;
import io.citygrid.model.Texts;

/** Asks whether all nodes can keep a city's rows in a database. */
public final class DatabaseQuestion {
    private final int cityId;
    private final String url;
    private final boolean create;

    /**
     * @param url JDBC URL
     * @param create whether the database is to be made if its server has none of that name
     */
    public DatabaseQuestion(int cityId, String url, boolean create) {
        this.cityId = CityFragment.requireCity(cityId);
        this.url = Texts.required(url, "url", 500);
        this.create = create;
    }

    public int cityId() {
        return cityId;
    }

    public String url() {
        return url;
    }

    public boolean create() {
        return create;
    }
}
