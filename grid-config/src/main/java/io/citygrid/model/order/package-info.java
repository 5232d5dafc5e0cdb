/** Orders with their lines and payments, and the request and outcomes of ProcessOrder. */
@NullMarked
package io.citygrid.model.order;

import org.jspecify.annotations.NullMarked;
