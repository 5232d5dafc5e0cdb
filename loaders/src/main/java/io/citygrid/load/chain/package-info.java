/** The demo chain: its two cities, ten stores and time zone, and which store an invoice belongs to. */
@NullMarked
package io.citygrid.load.chain;

import org.jspecify.annotations.NullMarked;
