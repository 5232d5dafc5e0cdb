/** Customers, and apart from them the contact details that only some roles may read. */
@NullMarked
package io.citygrid.model.customer;

import org.jspecify.annotations.NullMarked;
