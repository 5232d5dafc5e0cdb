/** Databases told later: entries of the outbox, and the feed of orders to the central database. */
@NullMarked
package io.citygrid.grid.outbox;

import org.jspecify.annotations.NullMarked;
