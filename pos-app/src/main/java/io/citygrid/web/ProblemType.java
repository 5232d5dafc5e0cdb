package io.citygrid.web;

import java.util.Locale;
import org.springframework.http.HttpStatus;

/**
 * Everything that can go wrong at the REST interface. The codes are part of the interface: programs tell problems apart by
 * them and never by title or detail, which are for people.
 */
public enum ProblemType {
    MALFORMED_REQUEST(HttpStatus.BAD_REQUEST, "The request cannot be understood"),
    NOT_FOUND(HttpStatus.NOT_FOUND, "There is nothing at this address"),
    METHOD_NOT_ALLOWED(HttpStatus.METHOD_NOT_ALLOWED, "This address does not know this method"),
    NOT_ACCEPTABLE(HttpStatus.NOT_ACCEPTABLE, "The answer is JSON only"),
    UNSUPPORTED_MEDIA_TYPE(HttpStatus.UNSUPPORTED_MEDIA_TYPE, "The request must be JSON"),

    NOT_LOGGED_IN(HttpStatus.UNAUTHORIZED, "Nobody is logged in"),
    TOO_MANY_LOGINS(HttpStatus.TOO_MANY_REQUESTS, "Too many wrong passwords"),
    FORBIDDEN(HttpStatus.FORBIDDEN, "This user may not do this"),
    FORBIDDEN_STORE(HttpStatus.FORBIDDEN, "This user works for stores of another city"),
    CSRF_TOKEN_MISSING(HttpStatus.FORBIDDEN, "The request does not come from a page of this session"),
    CARD_NUMBER_REFUSED(HttpStatus.UNPROCESSABLE_CONTENT, "Numbers of payment cards are not taken"),

    UNKNOWN_ORDER(HttpStatus.NOT_FOUND, "No such order"),
    UNKNOWN_STORE(HttpStatus.UNPROCESSABLE_CONTENT, "No such store"),
    UNKNOWN_PRODUCT(HttpStatus.UNPROCESSABLE_CONTENT, "No such product"),
    UNKNOWN_CUSTOMER(HttpStatus.UNPROCESSABLE_CONTENT, "No such customer"),
    ORDER_ID_REUSED(HttpStatus.CONFLICT, "The order id belongs to another order"),
    OUT_OF_STOCK(HttpStatus.UNPROCESSABLE_CONTENT, "The store has too little"),
    INVALID_BASKET(HttpStatus.UNPROCESSABLE_CONTENT, "The basket breaks a rule"),
    INSUFFICIENT_TENDER(HttpStatus.UNPROCESSABLE_CONTENT, "Less was tendered than the basket costs"),
    INVALID_MOVEMENT(HttpStatus.UNPROCESSABLE_CONTENT, "The stock movement breaks a rule"),

    OUTCOME_UNKNOWN(HttpStatus.SERVICE_UNAVAILABLE, "The outcome is not known yet"),
    TRY_AGAIN(HttpStatus.SERVICE_UNAVAILABLE, "Nothing was done: try again"),
    NOT_IN_CHARGE(HttpStatus.SERVICE_UNAVAILABLE, "Nothing was done: nodes elsewhere sell for this city"),
    STORE_NOT_OPEN(HttpStatus.SERVICE_UNAVAILABLE, "Nothing was done: the store opens in a moment"),
    STORE_SHUT(HttpStatus.SERVICE_UNAVAILABLE, "Nothing was done: the store is shut until a person has looked"),
    DATABASE_UNAVAILABLE(HttpStatus.SERVICE_UNAVAILABLE, "Nothing was done: the database did not take it"),
    GRID_UNAVAILABLE(HttpStatus.SERVICE_UNAVAILABLE, "The grid does not answer"),
    WRONG_BUSINESS_ZONE(
            HttpStatus.SERVICE_UNAVAILABLE, "This web application counts days in another time zone than the grid"),
    INTERNAL_ERROR(HttpStatus.INTERNAL_SERVER_ERROR, "Something went wrong here");

    private final HttpStatus status;
    private final String title;

    ProblemType(HttpStatus status, String title) {
        this.status = status;
        this.title = title;
    }

    /** The short name that programs compare, such as {@code out-of-stock}. */
    public String code() {
        return name().toLowerCase(Locale.ROOT).replace('_', '-');
    }

    /** The status unless a call says otherwise: a store that is missing in a path is a 404. */
    public HttpStatus status() {
        return status;
    }

    public String title() {
        return title;
    }
}
