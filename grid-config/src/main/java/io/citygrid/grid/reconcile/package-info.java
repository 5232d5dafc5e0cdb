/** The grid compared with PostgreSQL, what differs brought back together, and an empty grid filled again. */
@NullMarked
package io.citygrid.grid.reconcile;

import org.jspecify.annotations.NullMarked;
