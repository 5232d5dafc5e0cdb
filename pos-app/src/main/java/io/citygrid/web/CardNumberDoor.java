package io.citygrid.web;

import io.citygrid.security.card.CardNumbers;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.lang.reflect.Type;
import java.nio.charset.StandardCharsets;
import java.util.regex.Pattern;
import org.springframework.core.MethodParameter;
import org.springframework.http.HttpHeaders;
import org.springframework.http.HttpInputMessage;
import org.springframework.http.converter.HttpMessageConverter;
import org.springframework.web.bind.annotation.ControllerAdvice;
import org.springframework.web.servlet.mvc.method.annotation.RequestBodyAdviceAdapter;
import tools.jackson.core.JacksonException;
import tools.jackson.core.JsonParser;
import tools.jackson.core.JsonToken;
import tools.jackson.databind.json.JsonMapper;

/**
 * Refuses bodies with the number of a payment card in them, wherever it stands and whether anybody would read it there: what
 * never comes in is neither stored nor logged. Ids are UUIDs and are passed over, since a chance row of digits in one is none.
 */
@ControllerAdvice
final class CardNumberDoor extends RequestBodyAdviceAdapter {
    private static final Pattern UUID =
            Pattern.compile("[0-9a-fA-F]{8}-[0-9a-fA-F]{4}-[0-9a-fA-F]{4}-[0-9a-fA-F]{4}-[0-9a-fA-F]{12}");

    private final JsonMapper json;

    CardNumberDoor(JsonMapper json) {
        this.json = json;
    }

    @Override
    public boolean supports(MethodParameter parameter, Type type, Class<? extends HttpMessageConverter<?>> converter) {
        return true;
    }

    /** A body that cannot be read is left to its reader, which says so. */
    @Override
    public HttpInputMessage beforeBodyRead(
            HttpInputMessage message,
            MethodParameter parameter,
            Type type,
            Class<? extends HttpMessageConverter<?>> converter)
            throws IOException {
        byte[] body = message.getBody().readNBytes(ApiJson.BODY_BYTES_MAX + 1);
        if (hasCardNumber(body)) {
            throw new Problem(
                    ProblemType.CARD_NUMBER_REFUSED,
                    "The request has what looks like the number of a payment card in it. Nothing was done or kept; "
                            + "send the method of payment alone.");
        }
        return new ReadBody(message.getHeaders(), body);
    }

    private boolean hasCardNumber(byte[] body) {
        try (JsonParser parser = json.createParser(body)) {
            for (JsonToken token = parser.nextToken(); token != null; token = parser.nextToken()) {
                if ((token == JsonToken.PROPERTY_NAME || token.isScalarValue()) && isOne(parser.getString())) {
                    return true;
                }
            }
            return false;
        } catch (JacksonException notJson) {
            return CardNumbers.isIn(new String(body, StandardCharsets.UTF_8));
        }
    }

    private static boolean isOne(String text) {
        return !UUID.matcher(text).matches() && CardNumbers.isIn(text);
    }

    private record ReadBody(HttpHeaders headers, byte[] body) implements HttpInputMessage {
        @Override
        public InputStream getBody() {
            return new ByteArrayInputStream(body);
        }

        @Override
        public HttpHeaders getHeaders() {
            return headers;
        }
    }
}
