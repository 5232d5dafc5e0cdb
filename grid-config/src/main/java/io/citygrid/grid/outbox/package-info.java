/** Databases told later: entries of the outbox, the feeds to the central database, the log of it all and the way to ask. */
@NullMarked
package io.citygrid.grid.outbox;

import org.jspecify.annotations.NullMarked;
