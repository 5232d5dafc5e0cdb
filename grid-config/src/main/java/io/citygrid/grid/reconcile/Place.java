package io.citygrid.grid.reconcile;

import io.citygrid.durability.PgReader;
import io.citygrid.durability.PgWriter;
import org.apache.ignite.Ignite;

/**
 * Where a settlement works.
 *
 * @param cityId whose database is compared; 0 for the central one
 * @param fragment {@link FragmentRun#REFERENCE} for the reference tables
 */
record Place(Ignite node, PgReader reader, PgWriter writer, int cityId, int fragment) {}
