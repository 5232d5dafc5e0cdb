package io.citygrid.model.order;

/** How far a sale had come into PostgreSQL when it was answered. */
public enum Durability {
    /** PostgreSQL has committed it. */
    WRITTEN_THROUGH,
    /** The grid's nodes and their disks have it; PostgreSQL gets it later. */
    QUEUED
}
