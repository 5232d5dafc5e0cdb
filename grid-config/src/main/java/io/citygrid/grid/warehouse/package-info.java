/** Brings what was sold to the warehouse in the central database. */
@NullMarked
package io.citygrid.grid.warehouse;

import org.jspecify.annotations.NullMarked;
