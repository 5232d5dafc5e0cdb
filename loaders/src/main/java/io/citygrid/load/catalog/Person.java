package io.citygrid.load.catalog;

/** An invented customer. */
public record Person(String name, String phone, String email) {}
