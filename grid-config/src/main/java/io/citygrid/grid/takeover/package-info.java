/** How an operator lets other cities sell for one that is gone, and gives it back. */
@NullMarked
package io.citygrid.grid.takeover;

import org.jspecify.annotations.NullMarked;
