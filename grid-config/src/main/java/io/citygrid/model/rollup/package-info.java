/** Sums of order lines that reports are made of, worked out from the orders and never the other way round. */
@NullMarked
package io.citygrid.model.rollup;

import org.jspecify.annotations.NullMarked;
