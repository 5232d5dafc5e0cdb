/** A store's stock over HTTP. */
@NullMarked
package io.citygrid.stock.web;

import org.jspecify.annotations.NullMarked;
