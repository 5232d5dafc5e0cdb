/** Numbers of payment cards, which this system never takes, keeps or writes down. */
@NullMarked
package io.citygrid.security.card;

import org.jspecify.annotations.NullMarked;
