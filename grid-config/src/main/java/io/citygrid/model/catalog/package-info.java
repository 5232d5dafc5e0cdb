/** Reference rows that every city holds: cities, categories and products. */
@NullMarked
package io.citygrid.model.catalog;

import org.jspecify.annotations.NullMarked;
