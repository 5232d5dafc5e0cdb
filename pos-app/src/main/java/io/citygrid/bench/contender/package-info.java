/** The systems that are compared: this one, one good PostgreSQL, and the design that is replaced. */
@NullMarked
package io.citygrid.bench.contender;

import org.jspecify.annotations.NullMarked;
