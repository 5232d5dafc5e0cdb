/** Customers who move to another city, or leave. */
@NullMarked
package io.citygrid.customer;

import org.jspecify.annotations.NullMarked;
