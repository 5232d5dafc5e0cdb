/** Cities, stores, products and customers over HTTP. */
@NullMarked
package io.citygrid.catalog.web;

import org.jspecify.annotations.NullMarked;
