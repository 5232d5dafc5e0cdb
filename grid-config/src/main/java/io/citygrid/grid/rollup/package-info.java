/** Keeps the sums that reports are made of: revenue, units and orders by store, business day and category. */
@NullMarked
package io.citygrid.grid.rollup;

import org.jspecify.annotations.NullMarked;
