/** What is looked up all the time: which stores and cities there are. */
@NullMarked
package io.citygrid.catalog;

import org.jspecify.annotations.NullMarked;
