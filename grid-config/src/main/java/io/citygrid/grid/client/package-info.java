/** How programs outside the grid reach it: one thin client for each node, bounded waits, the same id again elsewhere. */
@NullMarked
package io.citygrid.grid.client;

import org.jspecify.annotations.NullMarked;
