/** Selling: ProcessOrder, which turns a basket into an order exactly once. */
@NullMarked
package io.citygrid.order;

import org.jspecify.annotations.NullMarked;
