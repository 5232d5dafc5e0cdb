/** Invented but believable products, customers and sales, the same for the same seed. */
@NullMarked
package io.citygrid.load.generate;

import org.jspecify.annotations.NullMarked;
