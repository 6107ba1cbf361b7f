import java.io.File;
import org.verapdf.gf.foundry.VeraGreenfieldFoundryProvider;
import org.verapdf.pdfa.Foundries;
import org.verapdf.pdfa.PDFAParser;
import org.verapdf.pdfa.PDFAValidator;
import org.verapdf.pdfa.flavours.PDFAFlavour;
import org.verapdf.pdfa.results.TestAssertion;
import org.verapdf.pdfa.results.ValidationResult;

/** Validates PDFs with veraPDF's library: PROFILE FILE...; prints "PASS FILE PROFILE" or "FAIL ..." and what fails. */
public class VeraPdfCheck {
    public static void main(String[] arguments) throws Exception {
        VeraGreenfieldFoundryProvider.initialise();
        PDFAFlavour profile = PDFAFlavour.byFlavourId(arguments[0]);
        boolean sound = true;
        for (int n = 1; n < arguments.length; n++) {
            try (PDFAParser parser = Foundries.defaultInstance().createParser(new File(arguments[n]), profile)) {
                PDFAValidator validator = Foundries.defaultInstance().createValidator(profile, false);
                ValidationResult result = validator.validate(parser);
                sound &= result.isCompliant();
                System.out.println((result.isCompliant() ? "PASS " : "FAIL ") + arguments[n] + " " + arguments[0]);
                for (TestAssertion failure : result.getTestAssertions()) {
                    System.out.println("  " + failure.getRuleId().getClause() + ": " + failure.getMessage());
                }
            }
        }
        System.exit(sound ? 0 : 1);
    }
}
