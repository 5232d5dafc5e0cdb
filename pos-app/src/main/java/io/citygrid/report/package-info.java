/** What head office asks of the whole chain: sales by whatever, products that run out. */
@NullMarked
package io.citygrid.report;

import org.jspecify.annotations.NullMarked;
