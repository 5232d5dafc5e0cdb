/** How a node leaves the cluster when the grid asks it to. */
@NullMarked
package io.citygrid.grid.leave;

import org.jspecify.annotations.NullMarked;
