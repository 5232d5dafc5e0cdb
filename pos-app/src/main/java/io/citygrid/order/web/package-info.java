/** Selling over HTTP. */
@NullMarked
package io.citygrid.order.web;

import org.jspecify.annotations.NullMarked;
