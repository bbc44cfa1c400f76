// A peer of the search bench: Lucene, index-sorted by rank, with fuzzy words for what is not found. Run from its
// source: java -cp lucene-core.jar Search.java PRODUCTS FOLDER. Products are lines of folded words, best first. Then
// answers each line of standard input (folded words, the last still typed) with a line: nanoseconds of the thread,
// then the ranks. The first line that it prints: build nanoseconds.
import java.io.BufferedReader;
import java.io.InputStreamReader;
import java.lang.management.ManagementFactory;
import java.lang.management.ThreadMXBean;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Paths;
import java.util.LinkedHashSet;
import java.util.Set;
import org.apache.lucene.analysis.Analyzer;
import org.apache.lucene.analysis.Tokenizer;
import org.apache.lucene.analysis.util.CharTokenizer;
import org.apache.lucene.document.Document;
import org.apache.lucene.document.Field;
import org.apache.lucene.document.NumericDocValuesField;
import org.apache.lucene.document.StoredField;
import org.apache.lucene.document.TextField;
import org.apache.lucene.index.DirectoryReader;
import org.apache.lucene.index.IndexWriter;
import org.apache.lucene.index.IndexWriterConfig;
import org.apache.lucene.index.Term;
import org.apache.lucene.search.BooleanClause;
import org.apache.lucene.search.BooleanQuery;
import org.apache.lucene.search.FuzzyQuery;
import org.apache.lucene.search.IndexSearcher;
import org.apache.lucene.search.PrefixQuery;
import org.apache.lucene.search.Query;
import org.apache.lucene.search.ScoreDoc;
import org.apache.lucene.search.Sort;
import org.apache.lucene.search.SortField;
import org.apache.lucene.search.TermQuery;
import org.apache.lucene.search.TopFieldCollector;
import org.apache.lucene.store.MMapDirectory;

public class Search {
    static final int FIRST = 10;
    static final int SPELLED_MIN = 4;
    static final Sort BY_RANK = new Sort(new SortField("rank", SortField.Type.LONG));

    static class Words extends Analyzer {
        @Override
        protected TokenStreamComponents createComponents(String field) {
            Tokenizer tokens = CharTokenizer.fromTokenCharPredicate(c -> c != ' ');
            return new TokenStreamComponents(tokens);
        }
    }

    static void build(String products, MMapDirectory folder) throws Exception {
        IndexWriterConfig config = new IndexWriterConfig(new Words());
        config.setIndexSort(BY_RANK);
        config.setRAMBufferSizeMB(256);
        try (IndexWriter writer = new IndexWriter(folder, config);
             BufferedReader lines = Files.newBufferedReader(Paths.get(products), StandardCharsets.UTF_8)) {
            int rank = 0;
            for (String line = lines.readLine(); line != null; line = lines.readLine(), ++rank) {
                Document document = new Document();
                document.add(new TextField("text", line, Field.Store.NO));
                document.add(new NumericDocValuesField("rank", rank));
                document.add(new StoredField("rank", rank));
                writer.addDocument(document);
            }
            writer.forceMerge(1);
        }
    }

    static Query queryOf(String[] words, boolean isFuzzy) {
        BooleanQuery.Builder all = new BooleanQuery.Builder();
        for (int i = 0; i < words.length; ++i) {
            Term term = new Term("text", words[i]);
            boolean isOpen = i + 1 == words.length;
            Query exact = isOpen ? new PrefixQuery(term) : new TermQuery(term);
            if (!isFuzzy || words[i].length() < SPELLED_MIN) {
                all.add(exact, BooleanClause.Occur.FILTER);
                continue;
            }
            BooleanQuery.Builder any = new BooleanQuery.Builder();
            any.add(exact, BooleanClause.Occur.SHOULD);
            any.add(new FuzzyQuery(term, 1, 0, 200, true), BooleanClause.Occur.SHOULD);
            all.add(any.build(), BooleanClause.Occur.FILTER);
        }
        return all.build();
    }

    static void take(IndexSearcher searcher, Query query, Set<Integer> found) throws Exception {
        TopFieldCollector collector = TopFieldCollector.create(BY_RANK, FIRST, FIRST);
        searcher.search(query, collector);
        for (ScoreDoc hit : collector.topDocs().scoreDocs) {
            if (found.size() < FIRST) {
                found.add(searcher.doc(hit.doc).getField("rank").numericValue().intValue());
            }
        }
    }

    public static void main(String[] arguments) throws Exception {
        ThreadMXBean threads = ManagementFactory.getThreadMXBean();
        MMapDirectory folder = new MMapDirectory(Paths.get(arguments[1]));
        long start = threads.getCurrentThreadCpuTime();
        build(arguments[0], folder);
        System.out.println(threads.getCurrentThreadCpuTime() - start);
        System.out.flush();
        IndexSearcher searcher = new IndexSearcher(DirectoryReader.open(folder));
        BufferedReader input = new BufferedReader(new InputStreamReader(System.in, StandardCharsets.UTF_8));
        for (String line = input.readLine(); line != null; line = input.readLine()) {
            long begin = threads.getCurrentThreadCpuTime();
            Set<Integer> found = new LinkedHashSet<>();
            String[] words = line.split(" ");
            if (!line.isEmpty()) {
                take(searcher, queryOf(words, false), found);
                if (found.size() < FIRST) {
                    take(searcher, queryOf(words, true), found);
                }
            }
            StringBuilder reply = new StringBuilder();
            reply.append(threads.getCurrentThreadCpuTime() - begin);
            for (int rank : found) {
                reply.append(' ').append(rank);
            }
            System.out.println(reply);
            System.out.flush();
        }
    }
}
