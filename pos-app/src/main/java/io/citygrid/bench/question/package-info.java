/** Measures questions over many order lines. */
@NullMarked
package io.citygrid.bench.question;

import org.jspecify.annotations.NullMarked;
