/** What the sales file says about products, customers and stock, by documented rules, and its way into the grid. */
@NullMarked
package io.citygrid.load.catalog;

import org.jspecify.annotations.NullMarked;
