using System.Xml;
using System.Xml.Schema;

namespace EdgeSlim.Tests.Documentation;

[TestClass]
public sealed class EditorSchemaTests
{
    private const string Meaning = "It is made of docs/properties.md.";

    [TestMethod]
    public void The_schema_beside_the_targets_says_what_the_documents_say() =>
        ApprovedFile.Holds("src/EdgeSlim.Sdk/build/EdgeSlim.targets.buildschema.json", EditorSchemas.Json(RepositoryFiles.Read("docs/properties.md")), Meaning);

    [TestMethod]
    public void The_XML_schema_says_what_the_documents_say() =>
        ApprovedFile.Holds("src/EdgeSlim.Sdk/build/EdgeSlim.xsd", EditorSchemas.Xsd(RepositoryFiles.Read("docs/properties.md")), Meaning);

    [TestMethod]
    public void The_XML_schema_fits_into_MSBuilds()
    {
        // What it takes of the one that comes with Visual Studio.
        const string MSBuild = """
            <xs:schema xmlns:xs="http://www.w3.org/2001/XMLSchema" xmlns:msb="http://schemas.microsoft.com/developer/msbuild/2003"
                       targetNamespace="http://schemas.microsoft.com/developer/msbuild/2003" elementFormDefault="qualified">
              <xs:complexType name="StringPropertyType"><xs:simpleContent><xs:extension base="xs:string"/></xs:simpleContent></xs:complexType>
              <xs:complexType name="SimpleItemType"/>
              <xs:element name="Property" abstract="true"/>
              <xs:element name="Item" type="msb:SimpleItemType" abstract="true"/>
            </xs:schema>
            """;
        List<string> wrong = [];
        XmlSchemaSet schemas = new();
        schemas.ValidationEventHandler += (_, e) => wrong.Add(e.Message);
        foreach (string text in (string[])[MSBuild, RepositoryFiles.Read("src/EdgeSlim.Sdk/build/EdgeSlim.xsd")])
        {
            using XmlReader reader = XmlReader.Create(new StringReader(text));
            schemas.Add(null, reader);
        }

        schemas.Compile();
        Found.Nothing(wrong);
        Assert.IsTrue(schemas.GlobalElements.Names.OfType<XmlQualifiedName>().Any(n => n.Name == "EdgeMode"));
    }
}
