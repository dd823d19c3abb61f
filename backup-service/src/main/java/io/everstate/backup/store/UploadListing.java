package io.everstate.backup.store;

import io.minio.Http;
import io.minio.ListMultipartUploadsArgs;
import io.minio.MinioAsyncClient;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import javax.xml.stream.XMLInputFactory;
import javax.xml.stream.XMLStreamException;
import okhttp3.Response;

/**
 * Asks which uploads to a name were begun and not ended. The SDK's own listing cannot read MinIO's answer: it insists on a storage class,
 * which MinIO leaves empty.
 */
final class UploadListing extends MinioAsyncClient {
    private static final String MAX = "1000";

    UploadListing(MinioAsyncClient client) {
        super(client);
    }

    /** Their ids. */
    CompletableFuture<List<String>> uploadsTo(String bucket, String name) {
        var arguments = ListMultipartUploadsArgs.builder().bucket(bucket).build();
        var query = new Http.QueryParameters("uploads", "", "prefix", name, "max-uploads", MAX);
        return executeGetAsync(arguments, null, query).thenApply(answer -> ids(answer, name));
    }

    private static List<String> ids(Response answer, String name) {
        try (answer;
                var body = answer.body().byteStream()) {
            return ids(body, name);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } catch (XMLStreamException e) {
            throw new UncheckedIOException(new IOException("the list of uploads cannot be read", e));
        }
    }

    static List<String> ids(InputStream body, String name) throws XMLStreamException {
        var factory = XMLInputFactory.newFactory();
        factory.setProperty(XMLInputFactory.SUPPORT_DTD, false);
        var reader = factory.createXMLStreamReader(body);
        var found = new ArrayList<String>();
        var key = "";
        while (reader.hasNext()) {
            reader.next();
            if (reader.isStartElement() && reader.getLocalName().equals("Key")) {
                key = reader.getElementText();
            } else if (reader.isStartElement() && reader.getLocalName().equals("UploadId") && key.equals(name)) {
                found.add(reader.getElementText());
            }
        }
        return found;
    }
}
