package io.citygrid.durability;

import io.citygrid.durability.PgWriter.Mode;

/** The outbox target that every row has: the PostgreSQL database of its city, or the central one. */
public final class CityDatabases implements OutboxTarget {
    /** As outbox entries name it. */
    public static final String NAME = "postgres";

    private final PgWriter writer;

    public CityDatabases(PgWriter writer) {
        this.writer = writer;
    }

    @Override
    public String name() {
        return NAME;
    }

    @Override
    public String place(int cityId) {
        return writer.databases().settings().name(cityId);
    }

    @Override
    public boolean lost(int cityId) {
        return writer.databases().lost(cityId);
    }

    @Override
    public String whyLost(int cityId) {
        return "out of reach: " + writer.databases().reachability(cityId).reason();
    }

    @Override
    public void write(WriteSet rows, int cityId, Mode mode) {
        writer.write(rows, cityId, mode);
    }
}
