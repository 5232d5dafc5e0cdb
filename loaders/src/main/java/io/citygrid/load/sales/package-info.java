/** The invoices of the sales file, sold again as real orders. */
@NullMarked
package io.citygrid.load.sales;

import org.jspecify.annotations.NullMarked;
